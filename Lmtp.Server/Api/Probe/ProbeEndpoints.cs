using System.ComponentModel;
using System.Net.Sockets;
using Lmtp.Contracts;
using Lmtp.Server.Api.Audit;
using Lmtp.Server.Api.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lmtp.Server.Api.Probe;

/// <summary><c>/api/lmtp/connect</c> and <c>/api/lmtp/send</c>.</summary>
internal static class ProbeEndpoints
{
    private const int DefaultPort = 24;
    private const int DefaultConnectTimeout = 10_000;
    private const int DefaultSendTimeout = 15_000;

    public static void MapProbe(this RouteGroupBuilder lmtp)
    {
        var probe = lmtp.MapGroup("/").WithTags("Tools").RequireAuthorization(ApiScopes.Admin)
            .WithMetadata(new NotAudited());
        probe.MapPost("/connect", ConnectAsync)
            .WithName("ConnectToServer").WithSummary("Asks an LMTP server for its greeting and capabilities.");
        probe.MapGet("/connect", ConnectByQueryAsync)
            .WithName("ConnectToServerByQuery").WithSummary("Asks an LMTP server for its greeting and capabilities.");
        probe.MapPost("/send", SendAsync)
            .WithName("SendTestMessage").WithSummary("Hands a test message to an LMTP server and tells its word on each recipient.");
    }

    private static Task<Results<Ok<LmtpConnectResponse>, ValidationProblem, ProblemHttpResult>> ConnectByQueryAsync(
        [Description("Host name, address, or path of a Unix socket.")] string host,
        [Description("The TCP port; 24 if left out.")] int? port,
        [Description("Milliseconds; 10000 if left out.")] int? timeout,
        [Description("none, starttls or implicit.")] string? tls,
        ProbeTargets targets,
        CancellationToken cancellationToken) =>
        ConnectAsync(
            new LmtpConnectRequest { Host = host, Port = port, Timeout = timeout, Tls = tls }, targets, cancellationToken);

    private static async Task<Results<Ok<LmtpConnectResponse>, ValidationProblem, ProblemHttpResult>> ConnectAsync(
        LmtpConnectRequest request, ProbeTargets targets, CancellationToken cancellationToken)
    {
        var errors = ProbeRules.Check(request);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        using var deadline = Deadline(request.Timeout ?? DefaultConnectTimeout, cancellationToken);
        var port = Port(request.Host, request.Port);
        var (target, refusal) = await ResolveAsync(targets, request.Host, port, deadline.Token);
        return target is null
            ? refusal!
            : TypedResults.Ok(await LmtpProbe.ConnectAsync(
                request, port, target, ProbeRules.ParseTls(request.Tls) ?? ProbeTls.None, deadline.Token));
    }

    private static async Task<Results<Ok<LmtpSendResponse>, ValidationProblem, ProblemHttpResult>> SendAsync(
        LmtpSendRequest request, ProbeTargets targets, LmtpProbe probe, CancellationToken cancellationToken)
    {
        var errors = ProbeRules.Check(request);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        using var deadline = Deadline(request.Timeout ?? DefaultSendTimeout, cancellationToken);
        var port = Port(request.Host, request.Port);
        var (target, refusal) = await ResolveAsync(targets, request.Host, port, deadline.Token);
        return target is null
            ? refusal!
            : TypedResults.Ok(await probe.SendAsync(
                request, port, target, ProbeRules.ParseTls(request.Tls) ?? ProbeTls.None, deadline.Token));
    }

    private static async Task<(ProbeTarget? Target, ProblemHttpResult? Refusal)> ResolveAsync(
        ProbeTargets targets, string host, int port, CancellationToken cancellationToken)
    {
        try
        {
            return await targets.ResolveAsync(host, port, cancellationToken) is { } target
                ? (target, null)
                : (null, Forbidden());
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException or OperationCanceledException)
        {
            return (null, TypedResults.Problem(
                statusCode: StatusCodes.Status422UnprocessableEntity, detail: $"The host name {host} cannot be resolved."));
        }
    }

    private static ProblemHttpResult Forbidden() => TypedResults.Problem(
        statusCode: StatusCodes.Status403Forbidden,
        detail: "The tools may not connect there. " +
            $"{ApiOptions.Section}:{nameof(ApiOptions.ProbeNetworks)} and {nameof(ApiOptions.ProbeSockets)} say where they may; by default only to loopback.");

    private static int Port(string host, int? port) => host.StartsWith('/') ? 0 : port ?? DefaultPort;

    private static CancellationTokenSource Deadline(int milliseconds, CancellationToken cancellationToken)
    {
        var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(milliseconds);
        return deadline;
    }
}
