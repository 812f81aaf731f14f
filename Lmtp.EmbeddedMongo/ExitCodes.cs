namespace Lmtp.EmbeddedMongo;

/// <summary>The process's exit codes.</summary>
internal static class ExitCodes
{
    /// <summary>Everything went well.</summary>
    public const int Success = 0;

    /// <summary>Something failed, as the text on standard error says; or damage was found.</summary>
    public const int Failure = 1;

    /// <summary>The command line or the settings cannot be used.</summary>
    public const int Usage = 2;
}
