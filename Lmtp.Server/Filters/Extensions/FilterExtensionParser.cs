namespace Lmtp.Server.Filters.Extensions;

/// <summary>
/// Reads the <c>lmtp</c> sub-document of a filter, and tells of each field what is wrong with it. The document is given
/// as plain values, so that the database and the HTTP API share one set of rules.
/// </summary>
public static class FilterExtensionParser
{
    /// <summary>The greatest number of conditions.</summary>
    public const int MaxConditions = 50;

    private const int MaxOrder = 1_000_000;

    /// <summary>Reads an extension.</summary>
    /// <param name="document">
    /// The fields: each value is null, a bool, an int, long or double, a string, a list of values, or a document.
    /// </param>
    /// <returns>The extension, and the faults; with faults it must not be applied.</returns>
    public static (FilterExtension Extension, IReadOnlyList<FilterFault> Faults) Parse(IReadOnlyDictionary<string, object?> document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var faults = new List<FilterFault>();
        var reader = new FieldReader("", document, faults);
        var extension = new FilterExtension
        {
            Order = (int)(reader.Number("order", -MaxOrder, MaxOrder) ?? 0),
            Match = reader.Choice<FilterMatch>("match") ?? FilterMatch.All,
            Conditions =
            [
                .. reader.Documents("conditions", MaxConditions)
                    .Select(ConditionParser.Parse)
                    .OfType<Conditions.FilterTest>(),
            ],
            Action = reader.Document("actions") is { } actions ? ActionParser.Parse(actions) : new FilterAction(),
        };
        reader.End();
        return (extension, faults);
    }
}
