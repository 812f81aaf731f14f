using MongoDB.Bson;

namespace Lmtp.Tests.Integration.WildDuck.Documents;

/// <summary>Compares documents field by field, BSON types included; the order of fields has no meaning.</summary>
internal static class DocumentDifferences
{
    private const int MaxShown = 200;

    public static List<string> Find(BsonValue expected, BsonValue actual)
    {
        var differences = new List<string>();
        Compare(expected, actual, "", differences);
        return differences;
    }

    /// <summary>Compares two lists of documents, one by one.</summary>
    public static void AssertNone(List<BsonDocument> expected, List<BsonDocument> actual)
    {
        Assert.NotEmpty(actual);
        Assert.Equal(expected.Count, actual.Count);
        var different = expected.Zip(actual, Find).SelectMany(differences => differences).ToList();
        Assert.True(different.Count == 0, string.Join(Environment.NewLine, different));
    }

    private static void Compare(BsonValue expected, BsonValue actual, string path, List<string> differences)
    {
        switch (expected, actual)
        {
            case (BsonDocument first, BsonDocument second):
                foreach (var name in first.Names.Union(second.Names))
                {
                    Compare(first.GetValue(name, BsonUndefined.Value), second.GetValue(name, BsonUndefined.Value), $"{path}.{name}", differences);
                }

                break;
            case (BsonArray first, BsonArray second) when first.Count == second.Count:
                for (var index = 0; index < first.Count; index++)
                {
                    Compare(first[index], second[index], $"{path}[{index}]", differences);
                }

                break;
            default:
                // A number compares equal to the same number of another type.
                if (expected.BsonType != actual.BsonType || expected != actual)
                {
                    differences.Add($"{path}: expected {Show(expected)}, was {Show(actual)}");
                }

                break;
        }
    }

    private static string Show(BsonValue value)
    {
        var text = $"{value.BsonType} {value}";
        return text.Length > MaxShown ? text[..MaxShown] + "…" : text;
    }
}
