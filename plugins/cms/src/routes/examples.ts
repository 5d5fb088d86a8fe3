/** Inputs shown in the API document; each passes its route's schema. */
export const EXAMPLE_ID = '0199f3a4-5b6c-7d8e-9f01-23456789abcd';

export const newPageExample = {
  slug: 'opening-hours',
  title: 'Opening hours',
  body: [
    { type: 'heading', level: 2, text: 'When we are there' },
    { type: 'richText', html: '<p>Monday to Saturday, 9:00 to 18:00.</p>' },
  ],
  translations: {
    fr: {
      title: 'Heures d’ouverture',
      body: [{ type: 'richText', html: '<p>Du lundi au samedi, de 9 h à 18 h.</p>' }],
    },
  },
  placement: 'footer',
  status: 'published',
} as const;

export const pageChangesExample = {
  id: EXAMPLE_ID,
  title: 'Opening hours and holidays',
  position: 20,
} as const;
