using Lmtp.Server.Api.Security;
using Lmtp.Server.RateLimiting;
using MongoDB.Bson;

namespace Lmtp.Server.Api.Limits;

/// <summary>
/// The limits of one user, domain, sender or client: <c>…/limits</c> with the counters, <c>…/limits/{name}/counter</c> to
/// reset one.
/// </summary>
internal static class SubjectLimitEndpoints
{
    private const string Counter = "/{name}/counter";

    private static readonly LimitedParty[] User = [LimitedParty.RecipientUser];
    private static readonly LimitedParty[] Domain = [LimitedParty.SenderDomain, LimitedParty.RecipientDomain];
    private static readonly LimitedParty[] Sender = [LimitedParty.Sender];
    private static readonly LimitedParty[] Client = [LimitedParty.Client];

    public static void MapSubjectLimits(this RouteGroupBuilder api)
    {
        var users = Group(api, "/users/{user:oid}/limits");
        users.MapGet("/", (ObjectId user, SubjectLimits limits, CancellationToken cancellationToken) =>
                limits.ReadAsync("user", user.ToString(), User, cancellationToken))
            .WithName("GetUserLimits").WithSummary("Tells the limits of what a user receives, and what is used of them.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        Reset(users.MapDelete(Counter, (ObjectId user, string name, SubjectLimits limits, CancellationToken cancellationToken) =>
                limits.ResetAsync("user", user.ToString(), User, name, cancellationToken)))
            .WithName("ResetUserCounter").WithSummary("Forgets what a user has used of a limit.");

        var domains = Group(api, "/domains/{domain}/limits");
        domains.MapGet("/", (string domain, SubjectLimits limits, CancellationToken cancellationToken) =>
                limits.ReadAsync("domain", domain, Domain, cancellationToken))
            .WithName("GetDomainLimits").WithSummary("Tells the limits of a domain as sender and as recipient, and what is used of them.");
        Reset(domains.MapDelete(Counter, (string domain, string name, SubjectLimits limits, CancellationToken cancellationToken) =>
                limits.ResetAsync("domain", domain, Domain, name, cancellationToken)))
            .WithName("ResetDomainCounter").WithSummary("Forgets what a domain has used of a limit.");

        var senders = Group(api, "/senders/{sender}/limits");
        senders.MapGet("/", (string sender, SubjectLimits limits, CancellationToken cancellationToken) =>
                limits.ReadAsync("sender", sender, Sender, cancellationToken))
            .WithName("GetSenderLimits").WithSummary("Tells the limits of an envelope sender, and what is used of them.");
        Reset(senders.MapDelete(Counter, (string sender, string name, SubjectLimits limits, CancellationToken cancellationToken) =>
                limits.ResetAsync("sender", sender, Sender, name, cancellationToken)))
            .WithName("ResetSenderCounter").WithSummary("Forgets what an envelope sender has used of a limit.");

        var clients = Group(api, "/clients/{client}/limits");
        clients.MapGet("/", (string client, SubjectLimits limits, CancellationToken cancellationToken) =>
                limits.ReadAsync("client", client, Client, cancellationToken))
            .WithName("GetClientLimits").WithSummary("Tells the limits of a client address, and what is used of them.");
        Reset(clients.MapDelete(Counter, (string client, string name, SubjectLimits limits, CancellationToken cancellationToken) =>
                limits.ResetAsync("client", client, Client, name, cancellationToken)))
            .WithName("ResetClientCounter").WithSummary("Forgets what a client address has used of a limit.");
    }

    private static RouteGroupBuilder Group(RouteGroupBuilder api, string path) => api.MapGroup(path).WithTags("Rate limits");

    private static RouteHandlerBuilder Reset(RouteHandlerBuilder endpoint) =>
        endpoint.RequireAuthorization(ApiScopes.Write).ProducesProblem(StatusCodes.Status404NotFound);
}
