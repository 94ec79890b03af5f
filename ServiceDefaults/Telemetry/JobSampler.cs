using System.Diagnostics;
using OpenTelemetry.Trace;

namespace MapReduce.ServiceDefaults.Telemetry;

/// <summary>
/// Records whatever belongs to a trace, and lets no outgoing call begin one. A worker's polls and heartbeats belong to
/// no job: each would be a trace of its own, and the traces of the jobs would drown among them. Their count and
/// duration are in the metrics.
/// </summary>
internal sealed class JobSampler : Sampler
{
    private static readonly ParentBasedSampler Inner = new(new RootSampler());

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) => Inner.ShouldSample(samplingParameters);

    private sealed class RootSampler : Sampler
    {
        public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
            new(samplingParameters.Kind == ActivityKind.Client ? SamplingDecision.Drop : SamplingDecision.RecordAndSample);
    }
}
