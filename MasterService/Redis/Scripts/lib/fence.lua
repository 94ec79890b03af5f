-- Names this Redis process and its data set: changes when Redis restarts, fails over or is fed another data set.
local function fence()
    local process = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
    local data = string.match(redis.call('INFO', 'replication'), 'master_replid:(%x+)')
    return process .. data
end

-- The longest pause between two looks that is no outage, in microseconds: as in GuardPolicy.
local function longestPause(lease) return math.min(3000000, lease / 3) end
