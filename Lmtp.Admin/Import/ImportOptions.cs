using System.ComponentModel.DataAnnotations;

namespace Lmtp.Admin.Import;

/// <summary>How much one import of users may bring. Section <c>Lmtp:Portal:Import</c>.</summary>
public sealed class ImportOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Lmtp:Portal:Import";

    /// <summary>The largest file in bytes; 1 KiB to 64 MiB.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>The most users of one file; 1 to 100,000.</summary>
    [Range(1, 100_000)]
    public int MaxRows { get; set; } = 20_000;
}
