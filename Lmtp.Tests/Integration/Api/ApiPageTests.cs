using System.Text.RegularExpressions;

namespace Lmtp.Tests.Integration.Api;

/// <summary>docs/api.md names every operation with its request, and none that is not there.</summary>
[Collection(ApiTestGroup.Name)]
public sealed partial class ApiPageTests(ApiSystem system)
{
    [Fact]
    public async Task Page_names_every_operation_with_its_method_and_path()
    {
        var api = await ApiDocument.ReadAsync(system);
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "api.md"), TestContext.Current.CancellationToken);

        var named = Row().Matches(page).Select(match => $"{match.Groups["id"]} {match.Groups["method"]} {match.Groups["path"]}");

        Assert.Equal(
            api.Operations.Select(operation => $"{operation.Id} {operation.Method} {operation.Path.TrimEnd('/')}").Order(StringComparer.Ordinal),
            named.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"^\| `(?<id>\w+)` \| `(?<method>[A-Z]+) (?<path>[^`?]+)", RegexOptions.Multiline)]
    private static partial Regex Row();
}
