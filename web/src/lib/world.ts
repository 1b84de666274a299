/** The map: outlines of countries from Natural Earth, and how they are laid flat. Nothing is fetched from elsewhere. */

import { geoGraticule10, geoNaturalEarth1, geoPath, type GeoProjection } from 'd3-geo';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import atlas from 'world-atlas/countries-110m.json';

const topology = atlas as unknown as Topology<{ countries: GeometryCollection; land: GeometryCollection }>;
const land = feature(topology, topology.objects.land);
const borders = mesh(topology, topology.objects.countries, (a, b) => a !== b);

export interface World {
  sphere: string;
  graticule: string;
  land: string;
  borders: string;
  height: number;
  project: GeoProjection;
}

const TALL = 600;

/** The whole world in a box of this width, no higher than a window. */
export function world(width: number): World {
  const project = geoNaturalEarth1().fitWidth(width, { type: 'Sphere' });
  const draw = geoPath(project).digits(1);
  let [, [, bottom]] = draw.bounds({ type: 'Sphere' });
  if (bottom > TALL) {
    project.fitSize([width, TALL], { type: 'Sphere' });
    bottom = TALL;
  }
  return {
    sphere: draw({ type: 'Sphere' }) ?? '',
    graticule: draw(geoGraticule10()) ?? '',
    land: draw(land) ?? '',
    borders: draw(borders) ?? '',
    height: Math.ceil(bottom),
    project,
  };
}
