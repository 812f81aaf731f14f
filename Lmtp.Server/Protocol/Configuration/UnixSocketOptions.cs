namespace Lmtp.Server.Protocol.Configuration;

/// <summary>A Unix socket to listen on.</summary>
internal sealed class UnixSocketOptions
{
    /// <summary>The longest path in bytes: sun_path holds 108 with its final NUL.</summary>
    public const int MaxPathBytes = 107;

    /// <summary>The absolute path of the socket file. A stale socket there is replaced; nothing else is ever deleted.</summary>
    public string Path { get; set; } = "";

    /// <summary>The permissions of the socket file in octal. Connecting needs the right to write.</summary>
    public string Mode { get; set; } = "0660";

    /// <summary>The group that owns the socket file, by name or number; empty leaves it.</summary>
    public string Group { get; set; } = "";

    /// <summary><see cref="Mode"/> as a value, or null when it is not an octal mode.</summary>
    internal UnixFileMode? ParsedMode
    {
        get
        {
            if (Mode.Length is < 3 or > 4 || Mode.Any(digit => digit is < '0' or > '7'))
            {
                return null;
            }

            var mode = Convert.ToInt32(Mode, 8);
            return mode <= 0x1FF ? (UnixFileMode)mode : null;
        }
    }
}
