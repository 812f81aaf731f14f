namespace Lmtp.Server.Mime;

/// <summary>The texts of all fields of one name.</summary>
internal struct GatheredField
{
    /// <summary>The name in lower case.</summary>
    public required string Name { get; init; }

    /// <summary>The text of the last field.</summary>
    public required string Last { get; init; }

    /// <summary>The texts of those before it, from the last to the first; null when there are none.</summary>
    public List<string>? Earlier { get; set; }

    /// <summary>All texts in the order of the message.</summary>
    public readonly string[] InOrder()
    {
        if (Earlier is null)
        {
            return [Last];
        }

        var texts = new string[Earlier.Count + 1];
        Earlier.CopyTo(texts, 1);
        texts[0] = Last;
        Array.Reverse(texts);
        return texts;
    }
}
