using MapReduce.AppHost.Portable.Services;

namespace AppHost.Tests.Portable.Services;

public sealed class TelemetryVariablesTests
{
    [Theory]
    [InlineData("http://localhost:4318", "http/protobuf")]
    [InlineData("http://localhost:4317", "grpc")]
    [InlineData("https://collector.example:443", "grpc")]
    public void For_Endpoint_ChoosesTheProtocolOfItsPort(string endpoint, string protocol) =>
        Assert.Equal(protocol, TelemetryVariables.For("worker", "2", new Uri(endpoint))["OTEL_EXPORTER_OTLP_PROTOCOL"]);

    [Fact]
    public void For_Instance_NamesIt() =>
        Assert.EndsWith("service.instance.id=2", TelemetryVariables.For("worker", "2", null)["OTEL_RESOURCE_ATTRIBUTES"], StringComparison.Ordinal);

    [Fact]
    public void For_NoEndpoint_LeavesTheEnvironmentsOwn() =>
        Assert.DoesNotContain("OTEL_EXPORTER_OTLP_ENDPOINT", TelemetryVariables.For("worker", "2", null).Keys);
}
