namespace Lmtp.Server.Api.Conditions;

/// <summary>Lets a creation be repeated.</summary>
internal static class IdempotencyExtensions
{
    /// <summary>The endpoint makes something once under each Idempotency-Key.</summary>
    public static RouteHandlerBuilder WithIdempotencyKey(this RouteHandlerBuilder endpoint) => endpoint
        .AddEndpointFilter<IdempotencyFilter>()
        .WithMetadata(new TakesIdempotencyKey())
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
}
