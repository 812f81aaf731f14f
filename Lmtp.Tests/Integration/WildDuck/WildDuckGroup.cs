namespace Lmtp.Tests.Integration.WildDuck;

/// <summary>Shares one <see cref="WildDuckSystem"/> between the classes of this folder.</summary>
[CollectionDefinition(Name)]
public sealed class WildDuckGroup : ICollectionFixture<WildDuckSystem>
{
    public const string Name = "WildDuck";
}
