-- SPDX-License-Identifier: Apache-2.0
-- Reads by key for wrk: records of all the larger types, in turn.
local n = 0
local targets = {
    "/v1/events/blinken-visit-to-china", "/v1/people/qin-gang", "/v1/issues/taiwan", "/v1/organizations/china",
    "/v1/places/beijing", "/v1/people/antony-blinken", "/v1/articles/blinken-in-beijing",
}

request = function()
    n = n + 1
    return wrk.format("GET", targets[n % #targets + 1])
end
