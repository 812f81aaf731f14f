namespace Lmtp.Server.Api.Problems;

/// <summary>Registers problem details (RFC 9457) for everything that goes wrong.</summary>
internal static class ApiProblemExtensions
{
    public static void AddApiProblems(this IServiceCollection services)
    {
        services.AddProblemDetails();

        // After the framework's own writer, which is asked first.
        services.AddSingleton<IProblemDetailsWriter, UnaskedProblemWriter>();
        services.AddExceptionHandler<ApiExceptionHandler>();
        services.Configure<RouteHandlerOptions>(static routes => routes.ThrowOnBadRequest = true);
    }

    public static void UseApiProblems(this WebApplication app)
    {
        // The handler logs by itself, at the level that fits.
        app.UseExceptionHandler(new ExceptionHandlerOptions { SuppressDiagnosticsCallback = static _ => true });
        app.UseStatusCodePages();
    }
}
