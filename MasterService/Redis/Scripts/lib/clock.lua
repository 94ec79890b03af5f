-- The store's clock, in microseconds: Redis's own time, so that no two machines' clocks are ever compared.
local function clock()
    local time = redis.call('TIME')
    return time[1] * 1000000 + time[2]
end
