namespace Lmtp.AppHost.Data;

/// <summary>The two stores of the mail server, wherever they come from.</summary>
/// <param name="Source">Where they come from; never <see cref="DataSource.Auto"/>.</param>
/// <param name="Mail">The connection string <c>maildb</c>, which names the database.</param>
/// <param name="Redis">The connection string <c>redis</c>.</param>
/// <param name="Servers">What has to be healthy before anybody uses the connection strings.</param>
internal sealed record MailData(
    DataSource Source,
    IResourceBuilder<IResourceWithConnectionString> Mail,
    IResourceBuilder<IResourceWithConnectionString> Redis,
    IReadOnlyList<IResourceBuilder<IResource>> Servers)
{
    /// <summary>True where the data belongs to this AppHost alone, and so may be filled with examples.</summary>
    public bool IsEmbedded => Source == DataSource.Embedded;

    /// <summary>Starts the project only when the stores are healthy.</summary>
    public void HoldBack(IResourceBuilder<ProjectResource> project)
    {
        foreach (var server in Servers)
        {
            project.WaitFor(server);
        }
    }
}
