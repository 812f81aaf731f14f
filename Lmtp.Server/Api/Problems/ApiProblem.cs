using Lmtp.Server.Api.Conditions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lmtp.Server.Api.Problems;

/// <summary>The problems that several endpoints answer with.</summary>
internal static class ApiProblem
{
    public static ProblemHttpResult NotFound(string what) =>
        TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, detail: $"There is no such {what}.");

    public static ProblemHttpResult PreconditionFailed(string what) => TypedResults.Problem(
        statusCode: StatusCodes.Status412PreconditionFailed,
        detail: $"Somebody else has changed the {what} since: read it again.");

    /// <summary>What was there when it was read, and could not be changed: gone, or changed by somebody else.</summary>
    public static ProblemHttpResult Lost(HttpRequest request, string what) =>
        EntityTag.IsConditional(request) ? PreconditionFailed(what) : NotFound(what);

    public static ProblemHttpResult PreconditionRequired(string what) => TypedResults.Problem(
        statusCode: StatusCodes.Status428PreconditionRequired,
        detail: $"This replaces the {what} as a whole: say with If-Match which state of it you saw.");

    public static ProblemHttpResult Conflict(string detail) =>
        TypedResults.Problem(statusCode: StatusCodes.Status409Conflict, detail: detail);
}
