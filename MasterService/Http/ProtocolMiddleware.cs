using System.Globalization;
using MapReduce.Remote;

namespace MapReduce.MasterService.Http;

/// <summary>Refuses clients of another protocol version, which could misread an answer. One that names none is taken for a person's tool.</summary>
internal sealed class ProtocolMiddleware(RequestDelegate next)
{
    private static readonly string Version = MasterApi.Version.ToString(CultureInfo.InvariantCulture);

    public Task InvokeAsync(HttpContext context)
    {
        var version = context.Request.Headers[MasterApi.VersionHeader];
        return version.Count == 0 || version == Version
            ? next(context)
            : Problems.WriteAsync(context, StatusCodes.Status426UpgradeRequired,
                $"The client speaks protocol version '{version}', this master version {Version}: install the same release of both.");
    }
}
