using Lmtp.Contracts;
using Lmtp.Server.Api.Audit;
using Lmtp.Server.Api.Conditions;
using Lmtp.Server.Api.Problems;
using Lmtp.Server.Api.Security;
using Lmtp.Server.Storage.Portal;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lmtp.Server.Api.Portal;

/// <summary><c>/api/v1/portal/links</c>: links for signing in once.</summary>
internal static class PortalLinkEndpoints
{
    private const int DefaultHours = 24;

    /// <summary>For whoever may let others in.</summary>
    public static void MapPortalLinks(this RouteGroupBuilder api) =>
        api.MapPost("/portal/links", AddAsync).WithTags("Portal").RequireAuthorization(ApiScopes.Admin).WithIdempotencyKey()
            .WithName("AddPortalLink").WithSummary("Makes a link with which one person signs in to the portal once.")
            .ProducesProblem(StatusCodes.Status404NotFound);

    /// <summary>For the portal, where nobody is signed in yet.</summary>
    public static void MapPortalLinkUses(this RouteGroupBuilder portal)
    {
        var links = portal.MapGroup("/links").WithTags("Portal")
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status404NotFound);
        links.MapPost("/find", FindAsync)
            .WithName("FindPortalLink").WithSummary("Says what a link is good for.")
            .WithMetadata(new NotAudited());
        links.MapPost("/redeem", RedeemAsync)
            .WithName("RedeemPortalLink").WithSummary("Uses a link up.");
        links.MapPost("/restore", RestoreAsync)
            .WithName("RestorePortalLink").WithSummary("Makes a link usable again whose use has just failed.");
    }

    private static async Task<Results<Ok<PortalLinkResponse>, ValidationProblem, ProblemHttpResult>> AddAsync(
        PortalLinkRequest request, PortalLinkStore links, PortalAccountStore accounts, AuditTrail audit, CancellationToken cancellationToken)
    {
        var errors = PortalRules.Check(request);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        if (request.OnlyFirst && await accounts.HasAdministratorAsync(cancellationToken))
        {
            audit.Nothing();
            return TypedResults.Ok(new PortalLinkResponse());
        }

        var role = request.Role ?? PortalRole.Admin;
        if (request.Account is { } name)
        {
            if (await accounts.GetByNameAsync(name.ToUpperInvariant(), cancellationToken) is not { } account)
            {
                return ApiProblem.NotFound("account");
            }

            role = account.Role;
        }

        var lifetime = TimeSpan.FromHours(request.Hours ?? DefaultHours);
        return TypedResults.Ok(await links.AddAsync(role, request.Account, lifetime, cancellationToken));
    }

    private static async Task<Results<Ok<PortalLinkResponse>, ProblemHttpResult>> FindAsync(
        PortalLinkToken request, PortalLinkStore links, CancellationToken cancellationToken) =>
        await links.FindAsync(request.Token, cancellationToken) is { } link ? TypedResults.Ok(link) : Gone();

    private static async Task<Results<Ok<PortalLinkResponse>, ProblemHttpResult>> RedeemAsync(
        PortalLinkToken request, PortalLinkStore links, CancellationToken cancellationToken) =>
        await links.RedeemAsync(request.Token, cancellationToken) is { } link ? TypedResults.Ok(link) : Gone();

    private static async Task<Results<NoContent, ProblemHttpResult>> RestoreAsync(
        PortalLinkToken request, PortalLinkStore links, CancellationToken cancellationToken) =>
        await links.RestoreAsync(request.Token, cancellationToken) ? TypedResults.NoContent() : Gone();

    private static ProblemHttpResult Gone() => ApiProblem.NotFound("link, or it was used, or it has ended");
}
