using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MapReduce.ServiceDefaults.Health;

/// <summary>The two addresses at which a supervisor asks after a service.</summary>
internal static class HealthEndpoints
{
    public const string Ready = "/health";

    public const string Alive = "/alive";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks(Ready, new HealthCheckOptions { ResponseWriter = HealthReportWriter.WriteAsync }).AllowAnonymous();
        // No check decides whether the process lives: one that fails because Redis is away must not get it restarted.
        endpoints.MapHealthChecks(Alive, new HealthCheckOptions { Predicate = _ => false, ResponseWriter = HealthReportWriter.WriteAsync }).AllowAnonymous();
    }

    public static bool IsOne(PathString path) => path == Ready || path == Alive;
}
