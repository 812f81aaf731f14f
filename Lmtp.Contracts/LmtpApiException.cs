using System.Net;

namespace Lmtp.Contracts;

/// <summary>The server refused a request, or could not answer it.</summary>
public sealed class LmtpApiException : Exception
{
    /// <summary>Makes an exception without an answer.</summary>
    public LmtpApiException()
    {
    }

    /// <summary>Makes an exception without an answer.</summary>
    /// <param name="message">What happened.</param>
    public LmtpApiException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception without an answer.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">Why.</param>
    public LmtpApiException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes an exception from the server's answer.</summary>
    /// <param name="statusCode">The HTTP status code.</param>
    /// <param name="problem">The problem details, when the answer had any.</param>
    public LmtpApiException(HttpStatusCode statusCode, ProblemResponse? problem)
        : base(problem?.Detail ?? problem?.Title ?? $"The server answered {(int)statusCode}.")
    {
        StatusCode = statusCode;
        Problem = problem;
    }

    /// <summary>The HTTP status code; null when there was no answer.</summary>
    public HttpStatusCode? StatusCode { get; }

    /// <summary>The problem details, when the answer had any.</summary>
    public ProblemResponse? Problem { get; }
}
