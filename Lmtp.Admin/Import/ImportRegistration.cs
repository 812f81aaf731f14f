namespace Lmtp.Admin.Import;

/// <summary>Registers the import of users.</summary>
internal static class ImportRegistration
{
    public static void AddUserImport(this WebApplicationBuilder builder) =>
        builder.Services.AddSettings<ImportOptions>(ImportOptions.Section);
}
