-- uses clock job task worker ledger run
-- Ends a job: its attempts are killed and forgotten; counts and counters stay for people to read. The tasks go in sweep, slice by
-- slice, so that the end of a big job holds up nobody.
-- KEYS[1]  mr:{J}:job
-- ARGV[1]  state, a number of JobState    ARGV[2]  error, packed, nil unless it failed
-- Returns  1 when the job is known and has ended, now or before; 0 when it is unknown
if not loadJob() then return 0 end
if job.ended then return 1 end
local keys = redis.call('HKEYS', runKey)
job.killed = job.killed + #keys
for i = 1, #keys, 1000 do
    local leases = {}
    for j = i, math.min(i + 999, #keys) do leases[#leases + 1] = leaseKey(keys[j]) end
    redis.call('DEL', unpack(leases))
end
for _, name in ipairs({'run', 'rejected', 'reports', 'aside'}) do redis.call('UNLINK', prefix .. name) end
for _, kind in ipairs(kinds) do
    local stage = job.stages[kind]
    stage.running, stage.version = 0, 0
    redis.call('UNLINK', prefix .. 'retry:' .. stage.name)
end
redis.call('HSET', KEYS[1], 'end', cmsgpack.pack(tonumber(ARGV[1]), cmsgpack.unpack(ARGV[2]), now))
saveState()
return 1
