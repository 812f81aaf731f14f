using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Lmtp.Tests.LongestFirst))]

namespace Lmtp.Tests;

/// <summary>
/// Begins with the collections of many classes, which share one system and so run one after another, and with the longest
/// classes: begun last, they would run alone at the end, when everything else is done.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    // The longest first.
    private static readonly string[] First =
    [
        Browser.BrowserTestGroup.Name, Integration.Api.ApiTestGroup.Name, Integration.WildDuck.WildDuckGroup.Name,
        Class<Integration.Faults.KilledProcessTests>(), Class<Integration.Faults.KilledForwardTests>(),
        Integration.Portal.PortalTestGroup.Name,
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(static collection => Place(collection.TestCollectionDisplayName)).ThenBy(static collection => collection.UniqueID, StringComparer.Ordinal)];

    // What xUnit calls the collection of a class that names none; an id follows.
    private static string Class<T>() => $"Test collection for {typeof(T).FullName}";

    private static int Place(string name)
    {
        var place = Array.FindIndex(First, first => name == first || name.StartsWith($"{first} (", StringComparison.Ordinal));
        return place < 0 ? First.Length : place;
    }
}
