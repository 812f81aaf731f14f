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

    public static ProblemHttpResult PreconditionRequired(string what) => TypedResults.Problem(
        statusCode: StatusCodes.Status428PreconditionRequired,
        detail: $"This replaces the {what} as a whole: say with If-Match which state of it you saw.");

    public static ProblemHttpResult Conflict(string detail) =>
        TypedResults.Problem(statusCode: StatusCodes.Status409Conflict, detail: detail);
}
