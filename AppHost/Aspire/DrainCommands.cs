using System.Net.Http.Headers;

namespace MapReduce.AppHost.Aspire;

/// <summary>Buttons of the dashboard by which a worker is taken out of service and put back.</summary>
internal static class DrainCommands
{
    private const string Argument = "worker";

    /// <summary>Adds the buttons to the master, which tells the worker.</summary>
    public static IResourceBuilder<ProjectResource> WithDrainCommands(this IResourceBuilder<ProjectResource> master, ParameterResource token) => master
        .WithWorkerCommand("drain", "Drain a worker", "The worker finishes its tasks and takes no more.", "DoorArrowLeft", token)
        .WithWorkerCommand("resume", "Resume a worker", "The worker takes tasks again.", "DoorArrowRight", token);

    private static IResourceBuilder<ProjectResource> WithWorkerCommand(
        this IResourceBuilder<ProjectResource> master, string verb, string label, string description, string icon, ParameterResource token) =>
        master.WithHttpCommand("/v1/workers", label, commandName: $"{verb}-worker", commandOptions: new HttpCommandOptions
        {
            Method = HttpMethod.Post,
            Description = description,
            IconName = icon,
            Arguments = [new InteractionInput { Name = Argument, Label = "Worker id", InputType = InputType.Text, Required = true, Placeholder = "as 'mapreduce worker list' shows it" }],
            PrepareRequest = async context =>
            {
                var worker = Uri.EscapeDataString(context.Arguments.GetString(Argument) ?? "");
                context.Request.RequestUri = new Uri(context.Request.RequestUri!, $"/v1/workers/{worker}/{verb}");
                context.Request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await token.GetValueAsync(context.CancellationToken));
            },
        });
}
