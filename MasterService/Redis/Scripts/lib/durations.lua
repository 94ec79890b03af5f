-- How long tasks took: field d<stage> of the job, pairs of bucket and count. Four buckets a power of two of milliseconds, as in
-- the memory store: the exponent and the two bits below the leading one.
local lastDuration, lastBucket

local function bucketOfDuration(microseconds)
    -- Attempts that were claimed and complete together took equally long.
    if microseconds == lastDuration then return lastBucket end
    local milliseconds = math.max(1, math.floor(microseconds / 1000))
    local _, exponent = math.frexp(milliseconds)
    exponent = exponent - 1
    lastDuration, lastBucket = microseconds, exponent * 4 + math.floor(milliseconds / 2 ^ (exponent - 2)) % 4
    return lastBucket
end

local function loadDurations(stage)
    if not stage.durations then
        stage.durations = {}
        local raw = redis.call('HGET', KEYS[1], 'd' .. stage.name)
        local flat = raw and cmsgpack.unpack(raw) or {}
        for i = 1, #flat, 2 do stage.durations[flat[i]] = flat[i + 1] end
    end
    return stage.durations
end

local function addDuration(stage, microseconds)
    local durations, bucket = loadDurations(stage), bucketOfDuration(microseconds)
    durations[bucket] = (durations[bucket] or 0) + 1
    stage.hasNewDurations = true
end

-- The median in microseconds, 0 when nothing was added.
local function medianDuration(stage)
    local buckets, all, seen = {}, 0, 0
    for bucket, times in pairs(loadDurations(stage)) do
        buckets[#buckets + 1] = bucket
        all = all + times
    end
    table.sort(buckets)
    for _, bucket in ipairs(buckets) do
        seen = seen + stage.durations[bucket]
        if seen * 2 >= all then return 2 ^ math.floor(bucket / 4) * (1 + bucket % 4 / 4) * 1000 end
    end
    return 0
end

local function saveDurations(stage)
    if not stage.hasNewDurations then return end
    local flat = {}
    for bucket, times in pairs(stage.durations) do
        flat[#flat + 1] = bucket
        flat[#flat + 1] = times
    end
    redis.call('HSET', KEYS[1], 'd' .. stage.name, cmsgpack.pack(flat))
end
