namespace MimeKit;

/// <summary>How lines end.</summary>
public enum NewLineFormat : byte
{
    /// <summary>With LF.</summary>
    Unix,

    /// <summary>With CR LF.</summary>
    Dos,

    /// <summary>With either.</summary>
    Mixed,
}
