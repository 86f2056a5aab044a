-- SPDX-License-Identifier: Apache-2.0
-- An editor's POST for wrk: each an event nobody has yet, dated, placed, with two participants and a citation. TOKEN is in the
-- environment; with PAUSE, each connection waits so many milliseconds between two.
local thread = 0
function setup(t)
    t:set("number", thread)
    thread = thread + 1
end

local count = 0
local token = os.getenv("TOKEN")
local run = os.time() .. "-" .. math.random(1000000)
local fields = { ["Authorization"] = "Bearer " .. token, ["Content-Type"] = "application/json" }

request = function()
    count = count + 1
    local body = '{"title": "Round table ' .. run .. ' ' .. number .. ' ' .. count .. [[", "summary": "Both sides meet once more.",
        "kind": "meeting", "status": "occurred", "date": {"edtf": "2023-06-19", "basis": "stated"}, "place": {"id": "beijing"},
        "participants": [{"person": {"id": "antony-blinken"}, "role": "participant"},
                         {"person": {"id": "qin-gang"}, "role": "participant"}],
        "issues": [{"id": "taiwan"}],
        "evidence": [{"article": {"id": "blinken-in-beijing"}, "paragraph": 1, "anchors": ["Blinken"], "status": "occurred"}]}]]
    return wrk.format("POST", "/v1/events", fields, body)
end

local pause = tonumber(os.getenv("PAUSE") or "0")
if pause > 0 then
    delay = function() return pause end
end
