-- lua5.4 vectors.lua MODULE VECTORS FOLDER: holds a module against vectors, those of the file VECTORS and those that FOLDER has
-- for the same catalogue. templates/conformance/README.md describes them. Prints how many definitions and vectors it has compared.

local json = require("dkjson")

-- What this module answers of a response. A module that does all that is expected of one has the other members too, such as
-- `message`, `case` and `retry_after`. It also takes the body and its headers itself.
local ANSWERS = { "code", "id", "category", "group", "retry", "raw_message" }

local module_path, vectors_path, by_hand = table.unpack(arg)
local module = dofile(module_path)
local failures = 0

-- What is absent is nil in a module and null in JSON.
local function read(path)
  local file = assert(io.open(path, "rb"))
  local document = assert(json.decode(file:read("a"), 1, nil))
  file:close()
  -- Only a catalogue of which nothing is left has no definitions, and no vectors either.
  local is_of_nothing = document.definitions and #document.definitions == 0
  assert(document.format == 2 and (#document.vectors > 0 or is_of_nothing), path)
  return document
end

-- A value as a text in which the members of a table are in order.
local function shown(value)
  if type(value) ~= "table" then
    return math.type(value) == "float" and tostring(value) or string.format("%q", value)
  end
  local members = {}
  for name, member in pairs(value) do
    members[#members + 1] = shown(name) .. ": " .. shown(member)
  end
  table.sort(members)
  return "{" .. table.concat(members, ", ") .. "}"
end

local function compare(what, expected, found)
  local wanted, got = shown(expected), shown(found)
  if wanted ~= got then
    failures = failures + 1
    io.stderr:write(what, "\n  expected ", wanted:sub(1, 2000), "\n  found    ", got:sub(1, 2000), "\n")
  end
end

local function members(of, names)
  local chosen = {}
  for _, name in ipairs(names) do
    chosen[name] = of[name]
  end
  return chosen
end

-- This module reads no bodies: it is given the code and the message that are in them.
local function compare_vectors(document, path)
  for _, vector in ipairs(document.vectors) do
    local expected = vector.expected
    local found = module.from_response(vector.response.status, expected.code, expected.raw_message)
    compare(path .. ": " .. vector.name, members(expected, ANSWERS), members(found, ANSWERS))
  end
  return #document.vectors
end

local function compare_definitions(document)
  for _, expected in ipairs(document.definitions) do
    local found = module.from_code(expected.code)
    compare("definition " .. expected.id, expected, found)
    assert(found == module.from_id(expected.id), expected.id)
    assert(module.from_id(expected.id:upper()) == nil, expected.id)
    assert(module.from_code(" " .. expected.code) == nil, expected.id)
  end
  return #document.definitions
end

local function compare_titles(document)
  for place, expected in ipairs(document.categories) do
    local category = module.categories[place]
    compare("category " .. expected.id, expected.titles, category.titles)
    for at, group in ipairs(expected.groups) do
      compare("group " .. group.id, { group.id, group.titles }, { category.groups[at].id, category.groups[at].titles })
    end
  end
end

local document = read(vectors_path)
local vectors = compare_vectors(document, vectors_path)
local untidy = by_hand .. "/" .. document.catalog .. ".json"
if io.open(untidy) then
  vectors = vectors + compare_vectors(read(untidy), untidy)
end
local definitions = compare_definitions(document)
compare_titles(document)
print("vectors: " .. vectors)
print("definitions: " .. definitions)
os.exit(failures == 0)
