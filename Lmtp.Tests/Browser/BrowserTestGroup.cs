namespace Lmtp.Tests.Browser;

/// <summary>Shares one <see cref="PortalSystem"/> between the classes of browser tests.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserTestGroup : ICollectionFixture<PortalSystem>
{
    public const string Name = "Portal";
}
