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
    private static readonly LimitedParty[] User = [LimitedParty.RecipientUser];
    private static readonly LimitedParty[] Domain = [LimitedParty.SenderDomain, LimitedParty.RecipientDomain];
    private static readonly LimitedParty[] Sender = [LimitedParty.Sender];
    private static readonly LimitedParty[] Client = [LimitedParty.Client];

    public static void MapSubjectLimits(this RouteGroupBuilder api)
    {
        Map(
            api.MapGroup("/users/{user:oid}/limits"),
            "User",
            "what a user receives",
            (ObjectId user, SubjectLimits limits, CancellationToken cancellationToken) =>
                limits.ReadAsync("user", user.ToString(), User, cancellationToken),
            (ObjectId user, string name, SubjectLimits limits, CancellationToken cancellationToken) =>
                limits.ResetAsync("user", user.ToString(), User, name, cancellationToken))
            .ProducesProblem(StatusCodes.Status404NotFound);
        Map(
            api.MapGroup("/domains/{domain}/limits"),
            "Domain",
            "a domain as sender and as recipient",
            (string domain, SubjectLimits limits, CancellationToken cancellationToken) =>
                limits.ReadAsync("domain", domain, Domain, cancellationToken),
            (string domain, string name, SubjectLimits limits, CancellationToken cancellationToken) =>
                limits.ResetAsync("domain", domain, Domain, name, cancellationToken));
        Map(
            api.MapGroup("/senders/{sender}/limits"),
            "Sender",
            "an envelope sender",
            (string sender, SubjectLimits limits, CancellationToken cancellationToken) =>
                limits.ReadAsync("sender", sender, Sender, cancellationToken),
            (string sender, string name, SubjectLimits limits, CancellationToken cancellationToken) =>
                limits.ResetAsync("sender", sender, Sender, name, cancellationToken));
        Map(
            api.MapGroup("/clients/{client}/limits"),
            "Client",
            "a client address",
            (string client, SubjectLimits limits, CancellationToken cancellationToken) =>
                limits.ReadAsync("client", client, Client, cancellationToken),
            (string client, string name, SubjectLimits limits, CancellationToken cancellationToken) =>
                limits.ResetAsync("client", client, Client, name, cancellationToken));
    }

    /// <summary>Maps both endpoints of one kind of subject, whose name the handlers take from the path.</summary>
    private static RouteHandlerBuilder Map(RouteGroupBuilder group, string kind, string whose, Delegate read, Delegate reset)
    {
        group.WithTags("Rate limits");
        group.MapDelete("/{name}/counter", reset).RequireAuthorization(ApiScopes.Write)
            .WithName($"Reset{kind}Counter").WithSummary($"Forgets what was used of a limit of {whose}.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        return group.MapGet("/", read)
            .WithName($"Get{kind}Limits").WithSummary($"Tells the limits of {whose}, and what is used of them.");
    }
}
