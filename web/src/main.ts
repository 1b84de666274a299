import { mount } from 'svelte';
import App from './App.svelte';
import './styles/base.css';
import './styles/parts.css';
import './styles/reading.css';
import './styles/marks.css';

const target = document.getElementById('page');
if (target) mount(App, { target });
