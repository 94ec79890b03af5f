-- uses clock job task worker
-- A slice of the winners that left files, of all steps of a job of which every task is done, in no order. One may come twice.
-- KEYS[1]  mr:{J}:job
-- ARGV[1]  state at which the reading began, or '' at its begin    ARGV[2]  cursor, 0 at its begin
-- ARGV[3]  winners at about the most, or 0 for none
-- Returns  nil when the job is unknown, has ended, or a task is not done;
--          {-1} when the winners have changed since the reading began;
--          else {state, how many there are in all, next cursor or 0 at the end, then for each: task, token, rest}
if not loadJob() or job.ended or claimable() or (job.step + 1) * 3 < #job.sizes then return false end

-- What a step that has passed left behind does not change.
local state = string.format('%.0f:%.0f:%.0f', job.stages.s.version, job.stages.m.version, job.stages.r.version)
if ARGV[1] ~= '' and ARGV[1] ~= state then return {-1} end

local key = prefix .. 'result'
local answer = {state, redis.call('HLEN', key), '0'}
if ARGV[3] == '0' then return answer end
local found = redis.call('HSCAN', key, ARGV[2], 'COUNT', ARGV[3])
answer[3] = found[1]
for i = 1, #found[2], 2 do
    local name, rest = found[2][i], found[2][i + 1]
    local task = findTask(parseTask(name))
    for _, value in ipairs({name, task.token, rest}) do answer[#answer + 1] = value end
end
return answer
