namespace Lmtp.Server.Api.Problems;

/// <summary>
/// Writes problem details for a client that asks for anything but JSON, a stream of events for instance. The framework's
/// writer declines, and what was the client's mistake would end as a failure of the server. RFC 9110, section 12.4.1, lets a
/// server answer in a type that was not asked for.
/// </summary>
internal sealed class UnaskedProblemWriter : IProblemDetailsWriter
{
    /// <inheritdoc />
    public bool CanWrite(ProblemDetailsContext context) => true;

    /// <inheritdoc />
    public ValueTask WriteAsync(ProblemDetailsContext context) => context.HttpContext.RequestServices
        .GetServices<IProblemDetailsWriter>()
        .First(writer => writer != this)
        .WriteAsync(context);
}
