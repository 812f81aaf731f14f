using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Lmtp.Tests.Processes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Lmtp.Tests.Unit.Aspire;

/// <summary>Starting, waiting, health and stopping.</summary>
public sealed class LifecycleTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dependant_starts_only_when_its_dependency_is_healthy()
    {
        using var directory = new TemporaryDirectory();
        await using var builder = Compose.Application(directory);
        var healthy = false;
        var probed = new TaskCompletionSource();
        builder.Services.AddHealthChecks().AddCheck("probe", () =>
        {
            probed.TrySetResult();
            return Volatile.Read(ref healthy) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy();
        });
        var server = builder.AddScript("server", "exec sleep 600").WithHealthCheck("probe");
        builder.AddScript("client", "exec sleep 600").WaitFor(server);
        await using var app = await builder.BuildAsync(Cancellation);
        await app.StartAsync(Cancellation);
        await probed.Task.WaitAsync(Compose.Deadline, Cancellation);

        await app.ResourceNotifications.WaitForResourceAsync("client", KnownResourceStates.Waiting, Cancellation).WaitAsync(Compose.Deadline, Cancellation);
        Volatile.Write(ref healthy, true);

        await app.ResourceNotifications.WaitForResourceHealthyAsync("client", Cancellation).WaitAsync(Compose.Deadline, Cancellation);
    }

    [Fact]
    public async Task Dependant_of_a_dependency_that_ends_fails_to_start()
    {
        using var directory = new TemporaryDirectory();
        await using var builder = Compose.Application(directory);
        builder.Services.AddHealthChecks().AddCheck("never", () => HealthCheckResult.Unhealthy());
        var server = builder.AddScript("server", "exit 3").WithHealthCheck("never");
        builder.AddScript("client", "exec sleep 600").WaitFor(server);
        await using var app = await builder.BuildAsync(Cancellation);
        await app.StartAsync(Cancellation);

        var ended = await app.ResourceNotifications.WaitForResourceAsync("server", change => change.Snapshot.ExitCode is not null, Cancellation).WaitAsync(Compose.Deadline, Cancellation);
        await app.ResourceNotifications.WaitForResourceAsync("client", KnownResourceStates.FailedToStart, Cancellation).WaitAsync(Compose.Deadline, Cancellation);

        Assert.Equal(3, ended.Snapshot.ExitCode);
        await Assert.ThrowsAsync<DistributedApplicationException>(() => app.ResourceNotifications.WaitForResourceHealthyAsync("client", Cancellation));
    }

    [Fact]
    public async Task Program_that_does_not_exist_ends_with_the_shells_exit_code()
    {
        using var directory = new TemporaryDirectory();
        await using var builder = Compose.Application(directory);
        builder.AddExecutable("absent", "lmtp-no-such-program", ".");
        await using var app = await builder.BuildAsync(Cancellation);
        await app.StartAsync(Cancellation);

        var state = await app.ResourceNotifications.WaitForResourceAsync("absent", KnownResourceStates.TerminalStates, Cancellation).WaitAsync(Compose.Deadline, Cancellation);

        Assert.Contains(state, KnownResourceStates.TerminalStates);
    }

    [Fact]
    public void Resource_cannot_wait_for_itself()
    {
        using var directory = new TemporaryDirectory();
        using var builder = Compose.Application(directory);
        var resource = builder.AddExecutable("mail", "true", ".");

        Assert.Throws<DistributedApplicationException>(() => resource.WaitFor(resource));
    }

    [Fact]
    public async Task Health_check_that_nobody_registered_fails_the_start()
    {
        using var directory = new TemporaryDirectory();
        await using var builder = Compose.Application(directory);
        builder.AddExecutable("mail", "true", ".").WithHealthCheck("absent");
        await using var app = await builder.BuildAsync(Cancellation);

        await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync(Cancellation));
    }

    [Fact]
    public void Http_health_check_wants_an_http_endpoint()
    {
        using var directory = new TemporaryDirectory();
        using var builder = Compose.Application(directory);
        var resource = builder.AddExecutable("mail", "true", ".").WithEndpoint(scheme: "tcp", name: "lmtp");

        Assert.ThrowsAny<Exception>(() => resource.WithHttpHealthCheck("/health"));
    }

    [Fact]
    public async Task Ready_event_comes_once_the_resource_is_healthy()
    {
        using var directory = new TemporaryDirectory();
        await using var builder = Compose.Application(directory);
        var ready = new TaskCompletionSource<string>();
        builder.AddScript("mail", "exec sleep 600").OnResourceReady((resource, _, _) =>
        {
            ready.TrySetResult(resource.Name);
            return Task.CompletedTask;
        });
        await using var app = await builder.BuildAsync(Cancellation);
        await app.StartAsync(Cancellation);

        Assert.Equal("mail", await ready.Task.WaitAsync(Compose.Deadline, Cancellation));
    }

    [Fact]
    public async Task Stopping_ends_dependants_before_what_they_depend_on()
    {
        using var directory = new TemporaryDirectory();
        await using var builder = Compose.Application(directory);
        var log = directory.File("log");
        var server = builder.AddScript("server", Script("server"));
        builder.AddScript("client", Script("client")).WaitFor(server);
        await using var app = await builder.BuildAsync(Cancellation);
        await app.StartAsync(Cancellation);
        await Compose.ReadWhenWrittenAsync(directory.File("client"), Cancellation);
        await Compose.ReadWhenWrittenAsync(directory.File("server"), Cancellation);

        await app.StopAsync(Cancellation);

        Assert.Equal(["client", "server"], await File.ReadAllLinesAsync(log, Cancellation));

        string Script(string name) =>
            $"trap 'echo {name} >> {log}; exit 0' TERM; echo up > {directory.File(name)}; while :; do sleep 0.05; done";
    }

    [Fact]
    public async Task Stopping_ends_what_a_process_has_started_too()
    {
        using var directory = new TemporaryDirectory();
        await using var builder = Compose.Application(directory);
        var file = directory.File("pid");
        builder.AddScript("mail", $"trap '' TERM; sleep 600 & echo $! > {file}; trap 'exit 0' TERM; while :; do sleep 0.05; done");
        await using var app = await builder.BuildAsync(Cancellation);
        await app.StartAsync(Cancellation);
        var grandchild = int.Parse(await Compose.ReadWhenWrittenAsync(file, Cancellation), CultureInfo.InvariantCulture);

        await app.StopAsync(Cancellation);

        await ProcessTree.WaitForEndAsync([grandchild], Compose.Deadline);
    }

    [Fact]
    public async Task Stopped_resource_can_be_started_again()
    {
        using var directory = new TemporaryDirectory();
        await using var builder = Compose.Application(directory);
        builder.AddScript("mail", $"echo $$ >> {directory.File("runs")}; exec sleep 600");
        await using var app = await builder.BuildAsync(Cancellation);
        await app.StartAsync(Cancellation);
        await Compose.ReadWhenWrittenAsync(directory.File("runs"), Cancellation);

        var stopped = await app.ResourceCommands.ExecuteCommandAsync("mail", KnownResourceCommands.StopCommand, Cancellation);
        File.Delete(directory.File("runs"));
        var started = await app.ResourceCommands.ExecuteCommandAsync("mail", KnownResourceCommands.StartCommand, Cancellation);

        Assert.True(stopped.Success && started.Success);
        await Compose.ReadWhenWrittenAsync(directory.File("runs"), Cancellation);
    }

    [Fact]
    public async Task Disposed_application_leaves_no_process_behind()
    {
        using var directory = new TemporaryDirectory();
        var builder = Compose.Application(directory);
        builder.AddScript("mail", $"echo $$ > {directory.File("pid")}; exec sleep 600");
        var app = await builder.BuildAsync(Cancellation);
        await app.StartAsync(Cancellation);
        var process = int.Parse(await Compose.ReadWhenWrittenAsync(directory.File("pid"), Cancellation), CultureInfo.InvariantCulture);

        await app.DisposeAsync();

        await ProcessTree.WaitForEndAsync([process], Compose.Deadline);
    }
}
