using MapReduce.MasterService.Auth;

namespace MapReduce.MasterService.Pages;

/// <summary>The pages for people.</summary>
internal static class PageRoutes
{
    public static void AddPages(this IServiceCollection services) => services.AddSingleton<OverviewPage>().AddSingleton<JobDetailsPage>().AddSingleton<SignIn>();

    public static void Map(IEndpointRouteBuilder routes)
    {
        // Delegates of the request alone: nothing here is read or written as JSON, nor is it part of the API.
        var pages = routes.MapGroup("").ExcludeFromDescription();
        var (overview, job, signIn) = (routes.ServiceProvider.GetRequiredService<OverviewPage>(), routes.ServiceProvider.GetRequiredService<JobDetailsPage>(), routes.ServiceProvider.GetRequiredService<SignIn>());
        pages.MapGet("/", overview.WriteAsync).RequireAuthorization(Roles.Read).WithMetadata(OpenToPass.Page);
        pages.MapGet("/jobs/{id}", http => job.WriteAsync(http, (string)http.Request.RouteValues["id"]!)).RequireAuthorization(Roles.Read).WithMetadata(OpenToPass.Page);
        pages.MapPost(SignIn.OutPath, SignIn.LeaveAsync).RequireAuthorization(Roles.Read).WithMetadata(OpenToPass.Page);
        pages.MapMethods(SignIn.Path, [HttpMethods.Get, HttpMethods.Post], signIn.EnterAsync).AllowAnonymous();
    }
}
