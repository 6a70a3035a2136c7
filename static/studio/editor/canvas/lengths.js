// Lengths and areas as they are read and said.

export const sayLength = (metres) => `${metres.toFixed(2)} m`;
export const sayArea = (squareMetres) => `${squareMetres.toFixed(1)} m²`;

/** Whether a comma may part thousands as well as decimals: "1,250" is 1250 to some and 1.25 to others; "0,950" is plain. */
export const isDoubtful = (text) => /^\s*-?\s*[1-9]\d{0,2}(?:,\d{3})+(?!\d)/.test(text);

/** Read "3.5", "3,5", "3.5 x 4.2", "350 cm": metres, or null, where a comma can be read in two ways too. */
export function readLengths(text) {
  const parts = text.toLowerCase().replace(/，/g, ",").split(/[x×*\s]+(?=[\d.,])/).map((part) => {
    const found = /^\s*(\d+(?:[.,]\d*)?|[.,]\d+)\s*(mm|cm|m|毫米|厘米|米)?\s*$/.exec(part);
    if (!found || isDoubtful(part)) return null;
    const factor = { mm: 0.001, 毫米: 0.001, cm: 0.01, 厘米: 0.01 }[found[2]] ?? 1;
    return Number(found[1].replace(",", ".")) * factor;
  });
  return parts.length && parts.every((part) => part !== null && part > 0 && part < 2000) ? parts : null;
}
