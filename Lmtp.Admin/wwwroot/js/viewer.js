// What only the browser knows of whoever looks.
export const timeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
