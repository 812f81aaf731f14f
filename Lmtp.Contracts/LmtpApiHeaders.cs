namespace Lmtp.Contracts;

/// <summary>The names of the headers that the API knows beside HTTP's own.</summary>
public static class LmtpApiHeaders
{
    /// <summary>Carries the API key.</summary>
    public const string ApiKey = "x-api-key";
}
