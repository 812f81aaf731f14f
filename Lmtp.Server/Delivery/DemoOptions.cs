namespace Lmtp.Server.Delivery;

/// <summary>The demonstration users of a first start. Section <c>Lmtp</c>.</summary>
public sealed class DemoOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Lmtp";

    /// <summary>Whether an empty database gets <c>alice@example.test</c> and <c>bob@example.test</c>.</summary>
    public bool Demo { get; set; }

    /// <summary>Their password; null makes one up and shows it once, in the log.</summary>
    public string? DemoPassword { get; set; }
}
