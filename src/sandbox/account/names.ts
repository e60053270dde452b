/** Given names of generated people; 64 of them, so that numbering wraps evenly. */
export const FIRST_NAMES = (
  'Ada Aiko Alan Alma Amara Anders Anya Arjun Astrid Basil Bianca Bruno Camila Cedric Chiara Chloe ' +
  'Dalia Dario Deepa Diego Elena Elias Emeka Esther Farid Felix Fiona Freya Gabriel Gita Grace Hana ' +
  'Hugo Ines Isaac Ivana Jonas Joana Kaito Karim Katya Laila Leon Linh Lucia Mateo Maya Mei ' +
  'Milan Nadia Nils Noor Olga Omar Priya Quentin Rania Rafael Sana Sven Tariq Tessa Viktor Zoe'
).split(' ');

/** Family names of generated people; 64 of them. */
export const LAST_NAMES = (
  'Abbott Adler Almeida Andersen Bakker Banerjee Baptiste Becker Berg Bianchi Castillo Chen Costa Dahl ' +
  'Dubois Eklund Farouk Fischer Fontaine Garcia Haddad Hansen Hayashi Holm Ibrahim Ivanov Jansen Jensen ' +
  'Kapoor Keller Khan Kowalski Larsen Laurent Lindgren Lopez Marino Mbeki Mendes Moreau Nakamura Nguyen ' +
  'Novak Okafor Olsen Ortiz Park Patel Pereira Petrov Quinn Ramos Rossi Sato Schmidt Silva Sokolov Suzuki ' +
  'Tanaka Usman Vargas Vogel Weber Yilmaz'
).split(' ');

/** Departments; a generated person belongs to one by row number. */
export const DEPARTMENTS = [
  'Engineering',
  'Product',
  'Design',
  'Sales',
  'Marketing',
  'Finance',
  'People Operations',
  'Customer Support',
  'Legal',
] as const;

/** First words of generated organization names. */
export const PLACE_WORDS = (
  'Alder Amber Aspen Atlas Birch Bluestone Brook Cedar Cinder Cobalt Copper Coral Crescent Delta Driftwood ' +
  'Ember Falcon Fern Fjord Garnet Glacier Granite Harbor Hazel Heron Indigo Ivory Juniper Lantern Larch ' +
  'Linden Maple Marble Meadow Onyx Opal Orchard Pebble Quartz Willow'
).split(' ');

/** Second words of generated organization names. */
export const LAND_WORDS = (
  'Bay Bridge Canyon Cliff Coast Cove Creek Crossing Dale Field Ford Forge Gate Glen Grove Haven Hill Hollow ' +
  'Isle Junction Knoll Lake Landing Ledge Mesa Mill Park Peak Point Ridge River Rock Shore Spring Summit ' +
  'Terrace Trail Vale View Wharf'
).split(' ');

/** Last words of generated organization names. */
export const TRADE_WORDS =
  'Analytics Foods Freight Insurance Labs Media Mobility Partners Robotics Software Studios Systems'.split(
    ' ',
  );
