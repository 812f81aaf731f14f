using System.Text.Json;

namespace Lmtp.Tests.Unit.Mime;

/// <summary>Input and output pairs of single functions of WildDuck.</summary>
internal static class Vectors
{
    /// <summary>The cases of one function.</summary>
    public static IReadOnlyList<JsonElement> Read(string function)
    {
        var json = File.ReadAllBytes(SharedData.RequireFile($"corpus/vectors/{function}.json"));
        return [.. JsonDocument.Parse(json).RootElement.GetProperty("cases").EnumerateArray()];
    }

    /// <summary>Checks all cases and shows every one that differs.</summary>
    public static void AssertAll(string function, Func<JsonElement, (string Expected, string Actual)> check)
    {
        var cases = Read(function);
        var differences = new List<string>();
        foreach (var item in cases)
        {
            var (expected, actual) = check(item);
            if (expected != actual)
            {
                differences.Add($"{item.GetRawText()}\n   gave {JsonSerializer.Serialize(actual)}");
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{function}: {cases.Count - differences.Count} of {cases.Count} equal");
        Assert.True(differences.Count == 0, $"{differences.Count} of {cases.Count} differ:\n{string.Join('\n', differences.Take(20))}");
    }
}
