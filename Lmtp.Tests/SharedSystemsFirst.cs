using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Lmtp.Tests.SharedSystemsFirst))]

namespace Lmtp.Tests;

/// <summary>
/// Begins with the collections of many classes, which share one system and so run one after another: begun last, they
/// would run alone at the end, when everything else is done.
/// </summary>
public sealed class SharedSystemsFirst : ITestCollectionOrderer
{
    // The longest first.
    private static readonly string[] First =
    [
        Browser.BrowserTestGroup.Name, Integration.Api.ApiTestGroup.Name, Integration.WildDuck.WildDuckGroup.Name,
        Integration.Portal.PortalTestGroup.Name,
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(static collection => Place(collection.TestCollectionDisplayName)).ThenBy(static collection => collection.UniqueID, StringComparer.Ordinal)];

    private static int Place(string name)
    {
        var place = Array.IndexOf(First, name);
        return place < 0 ? First.Length : place;
    }
}
