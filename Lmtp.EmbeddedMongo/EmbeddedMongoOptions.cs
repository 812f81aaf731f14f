namespace Lmtp.EmbeddedMongo;

/// <summary>Settings of the server, from the section <c>EmbeddedMongo</c>, the environment or the command line.</summary>
internal sealed class EmbeddedMongoOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "EmbeddedMongo";

    /// <summary>The directory of the data; made when it is missing. Default <c>./data</c>.</summary>
    public string Data { get; set; } = "data";

    /// <summary>The TCP port; 0 takes a free one, -1 listens on no TCP port. Default 27017.</summary>
    public int Port { get; set; } = 27017;

    /// <summary>The address to listen on. Anything but loopback needs credentials. Default 127.0.0.1.</summary>
    public string Bind { get; set; } = "127.0.0.1";

    /// <summary>The path of a Unix socket to listen on as well; null for none.</summary>
    public string? Socket { get; set; }

    /// <summary>How long, in milliseconds, a write that did not ask for the journal may stay off the disk; 1 to 10000. Default 100.</summary>
    public int JournalInterval { get; set; } = 100;

    /// <summary>The user that clients must authenticate as; null lets everybody in.</summary>
    public string? User { get; set; }

    /// <summary>The user's password.</summary>
    public string? Password { get; set; }

    /// <summary>A file that holds the password, instead of <see cref="Password"/>.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>How long a cursor is kept that nobody asks for. Default 10 minutes.</summary>
    public TimeSpan CursorTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How often expired documents are looked for. Default 60 seconds.</summary>
    public TimeSpan ExpiryInterval { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Reads the password from where the settings say that it is.</summary>
    /// <returns>The password; empty when there is none.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public string ReadPassword() => PasswordFile is { Length: > 0 } file
        ? File.ReadAllText(file).TrimEnd('\r', '\n')
        : Password ?? string.Empty;

    /// <summary>Whether clients must authenticate.</summary>
    public bool RequiresAuthentication => !string.IsNullOrEmpty(User);
}
