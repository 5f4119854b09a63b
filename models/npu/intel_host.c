/* Compiles an OpenVINO IR for an Intel NPU that need not be there, and writes the blob.

       intel_host MODEL.xml BLOB [KEY=VALUE ...]

   Built with mingw against the openvino_c.dll of OpenVINO's Windows wheel and run under Wine (intel.py does both). The last line
   of the output is JSON: {"compile_s", "blob_bytes", "compiler"} or {"error"}. Exit status 0 compiled, 1 refused, 2 called wrongly. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

#include "openvino/c/openvino.h"

#define MOST_PROPERTIES 32

static void quoted(const char *text) {
    putchar('"');
    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;
        if (byte == '"' || byte == '\\')
            printf("\\%c", byte);
        else if (byte < 0x20 || byte > 0x7e)
            printf("\\u%04x", byte);
        else
            putchar(byte);
    }
    putchar('"');
}

static int refused(const char *step) {
    const char *said = ov_get_last_err_msg();
    char words[4096];
    snprintf(words, sizeof words, "%s: %.3900s", step, said ? said : "no reason given");
    printf("{\"error\": ");
    quoted(words);
    printf("}\n");
    return 1;
}

int main(int count, char **arguments) {
    ov_core_t *core = NULL;
    ov_model_t *model = NULL;
    ov_compiled_model_t *compiled = NULL;
    ov_property_t properties[MOST_PROPERTIES];
    size_t given = 0;

    if (count < 3 || count - 3 > MOST_PROPERTIES) {
        fprintf(stderr, "intel_host MODEL.xml BLOB [KEY=VALUE ...]\n");
        return 2;
    }
    for (int place = 3; place < count; place++, given++) {
        char *equals = strchr(arguments[place], '=');
        if (!equals) {
            fprintf(stderr, "not KEY=VALUE: %s\n", arguments[place]);
            return 2;
        }
        *equals = 0;
        properties[given].key = arguments[place];
        properties[given].value = equals + 1;
    }
    if (ov_core_create(&core) != OK)
        return refused("core");
    if (ov_core_read_model(core, arguments[1], NULL, &model) != OK)
        return refused("read");

    LARGE_INTEGER ticks, before, after;
    QueryPerformanceFrequency(&ticks);
    QueryPerformanceCounter(&before);
    if (ov_core_compile_model_props(core, model, "NPU", given, properties, &compiled) != OK)
        return refused("compile");
    QueryPerformanceCounter(&after);
    if (ov_compiled_model_export_model(compiled, arguments[2]) != OK)
        return refused("export");

    FILE *blob = fopen(arguments[2], "rb");
    if (!blob)
        return refused("blob");
    _fseeki64(blob, 0, SEEK_END);
    long long size = _ftelli64(blob);
    fclose(blob);
    char *compiler = NULL;
    ov_core_get_property(core, "NPU", "NPU_COMPILER_VERSION", &compiler);
    printf("{\"compile_s\": %.2f, \"blob_bytes\": %lld, \"compiler\": ",
           (double)(after.QuadPart - before.QuadPart) / (double)ticks.QuadPart, size);
    quoted(compiler ? compiler : "");
    printf("}\n");
    fflush(stdout);
    ExitProcess(0); /* the plugin's own tidying up waits for a driver that is not there */
}
