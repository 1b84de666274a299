import { describe, expect, it } from 'vitest';
import { dataUrl } from './api';
import { type Filters, FILTERS, path, queryString, readFilters, without } from './filters';
import { hits, longDate, parties, safeLink, score } from './format';

describe('filters in an address', () => {
  it('come back as they were', () => {
    const filters: Filters = { from: '2021-01-01', actor: 'PER', with: 'ECU', text: 'border & "stones" <b>', quad: '3' };
    expect(readFilters(new URLSearchParams(queryString(filters)))).toEqual(filters);
  });

  it('stand in one order, so that the same view has one address', () => {
    expect(queryString({ text: 'a', from: '2021-01-01' })).toBe(queryString({ from: '2021-01-01', text: 'a' }));
    expect(queryString({}, { view: 'table', by: 'week' })).toBe('?by=week&view=table');
  });

  it('ignore what nobody knows, and what is empty', () => {
    expect(readFilters(new URLSearchParams('?actor=&type=%20&evil=1&view=table&status=alleged'))).toEqual({ status: 'alleged' });
    expect(queryString({ type: '' })).toBe('');
  });

  it('all have a name that the ledger knows', () => {
    expect(FILTERS).toContain('as_of');
    expect(new Set(FILTERS).size).toBe(FILTERS.length);
  });

  it('can be taken off', () => {
    expect(without({ from: '2021', to: '2022', type: 'AID' }, 'from', 'to')).toEqual({ type: 'AID' });
  });

  it('survive ids with slashes, signs and letters of any script', () => {
    expect(path('actor', '../a b/ü?#')).toBe('/actor/..%2Fa%20b%2F%C3%BC%3F%23');
  });
});

describe('where the data of a view are', () => {
  it('is the same address with another ending', () => {
    expect(dataUrl('/events?type=AID', 'csv')).toBe('/events.csv?type=AID');
    expect(dataUrl('/', 'json')).toBe('/overview.json');
  });
});

describe('what readers see', () => {
  it('follows links of the web only', () => {
    expect(safeLink('javascript:alert(1)')).toBeNull();
    expect(safeLink('data:text/html,x')).toBeNull();
    expect(safeLink('not a link')).toBeNull();
    expect(safeLink('https://example.org/a')).toBe('https://example.org/a');
  });

  it('writes dates as precisely as the text does', () => {
    expect(longDate('2026-11-03', 'day')).toBe('3 November 2026');
    expect(longDate('2026-11-01', 'month')).toBe('November 2026');
    expect(longDate('2026-01-01', 'year')).toBe('2026');
    expect(longDate(null)).toBe('no date');
    expect(longDate('Thurs 32')).toBe('Thurs 32');
  });

  it('writes scores with a sign', () => {
    expect(score(-3.46)).toBe('−3.5');
    expect(score(-0.04)).toBe('0.0');
    expect(score(null)).toBe('–');
  });

  it('finds the hits of a search between brackets', () => {
    expect(hits('the [border] stones')).toEqual([
      { text: 'the ', hit: false },
      { text: 'border', hit: true },
      { text: ' stones', hit: false },
    ]);
  });

  it('pairs names with ids only where there are as many', () => {
    expect(parties('Ghana; Togo', 'GHA; TGO')).toEqual([
      { name: 'Ghana', entity: 'GHA' },
      { name: 'Togo', entity: 'TGO' },
    ]);
    expect(parties('Smith; Sons; Co', 'a; b')[0].entity).toBeNull();
  });
});
