// SPDX-License-Identifier: Apache-2.0
// Schemas in words: what a value is, and what its members are.

import { h, joined } from "./dom.js";
import { inline } from "./markdown.js";

const refName = ($ref) => $ref.split("/").at(-1);
export const schemaLink = (name) => h("a", { class: "mono", href: `#/schemas/${name}` }, name);

/** What stands behind a reference, in one step. */
export const resolve = (document, value) =>
  value?.$ref ? value.$ref.split("/").slice(1).reduce((part, key) => part?.[key], document) : value;

/** A type in a few words, named schemas as links: "list of Reference or null". */
export function typeText(schema) {
  if (schema.$ref) return [schemaLink(refName(schema.$ref))];
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return joined(options.map((option) => typeText(option)), " or ").flat();
  const types = [schema.type ?? "anything"].flat();
  const texts = types.map((type) => (type === "array" ? ["list of ", ...typeText(schema.items ?? {})] : [word(type, schema)]));
  return joined(texts, " or ").flat();
}

function word(type, schema) {
  if (type === "object" && schema.additionalProperties?.type) return `object of ${schema.additionalProperties.type}s`;
  if (type === "string" && schema.format) return schema.format;
  return type;
}

/** What a value is held to, in words. */
export function limits(schema) {
  const told = [];
  if (schema.enum) told.push(["one of ", ...joined(schema.enum.map((value) => h("code", {}, String(value))))]);
  if (schema.minimum !== undefined && schema.maximum !== undefined) told.push(`${schema.minimum} to ${schema.maximum}`);
  else if (schema.minimum !== undefined) told.push(`at least ${schema.minimum}`);
  else if (schema.maximum !== undefined) told.push(`at most ${schema.maximum}`);
  if (schema.maxLength !== undefined) told.push(`at most ${schema.maxLength} characters`);
  if (schema.default !== undefined) told.push(`default ${schema.default}`);
  return told.length ? h("p", { class: "limits" }, joined(told, "; ")) : undefined;
}

/** The members of a schema; those of a schema within open in place, when they are asked for. */
export function members(document, schema, depth = 0) {
  const whole = resolve(document, schema);
  const options = whole.anyOf?.filter((option) => option.type !== "null");
  if (options?.length === 1) return members(document, options[0], depth);
  if (options) {
    return options.flatMap((option, index) => [h("p", { class: "limits either" }, index ? "or " : "either ", typeText(option)), within(document, option, depth)])
      .filter(Boolean);
  }
  if (whole.type === "array" || whole.type?.includes?.("array")) return members(document, whole.items ?? {}, depth);
  if (!whole.properties) return limits(whole) ?? h("p", { class: "limits" }, typeText(whole));
  const required = new Set(whole.required);
  return h("dl", { class: "members" }, Object.entries(whole.properties).map(([name, member]) => h("div", {},
    h("dt", {}, h("code", {}, name), " ", h("span", { class: "typed" }, typeText(member)),
      !required.has(name) && h("span", { class: "may" }, "optional")),
    h("dd", {}, h("p", {}, inline(member.description)), limits(member), within(document, member, depth)))));
}

/** The schema within a member, when it has members of its own. */
function within(document, schema, depth) {
  let inner = schema;
  for (let step = 0; step < 4; step++) {
    inner = resolve(document, inner);
    inner = inner.anyOf?.find((option) => option.type !== "null") ?? inner.items ?? inner;
  }
  if (!inner.properties || depth > 6) return inner !== schema && inner.enum ? limits(inner) : undefined;
  const box = h("details", {
    toggle: () => box.open && box.childElementCount === 1 && box.append(members(document, inner, depth + 1)),
  }, h("summary", {}, `${Object.keys(inner.properties).length} members`));
  return box;
}
