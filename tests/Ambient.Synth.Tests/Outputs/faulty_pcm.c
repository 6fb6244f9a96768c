/* A sound card that fails when told to, as an external plugin of the real libasound. Built by FaultyCard.cs.
 *
 *   pcm.NAME { type faulty  faults "FRAME:CODE ..."  heard "FILE"  format "S16_LE"  resumes "yes" }
 *
 * It plays one period whenever it has no room for another, so nothing waits for a clock. What was heard stands in FILE, as it would
 * have left the plug. A fault strikes once, at the first write after FRAME frames: the stream changes its state as a kernel
 * driver's would. While FILE.refuse holds a code, the card cannot be opened. */
#include <alsa/asoundlib.h>
#include <alsa/pcm_external.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define MAX_FAULTS 16

typedef struct {
    snd_pcm_ioplug_t io;
    FILE *heard;
    char *ring;
    size_t frame_bytes;
    snd_pcm_uframes_t played; /* in the count of appl_ptr, which starts anew with each prepare */
    snd_pcm_uframes_t taken;  /* frames since the card was opened */
    struct { snd_pcm_uframes_t at; int code; } faults[MAX_FAULTS];
    int fault_count, next_fault, resumes;
} card_t;

static void play(card_t *card, snd_pcm_uframes_t frames) {
    for (; frames > 0; frames--, card->played++)
        fwrite(card->ring + card->played % card->io.buffer_size * card->frame_bytes, card->frame_bytes, 1, card->heard);
    fflush(card->heard);
}

static snd_pcm_uframes_t least(snd_pcm_uframes_t one, snd_pcm_uframes_t other) { return one < other ? one : other; }

static int start(snd_pcm_ioplug_t *io) { (void)io; return 0; }

static int stop(snd_pcm_ioplug_t *io) { (void)io; return 0; }

static snd_pcm_sframes_t pointer(snd_pcm_ioplug_t *io) {
    card_t *card = io->private_data;
    if (io->state == SND_PCM_STATE_RUNNING && io->appl_ptr - card->played + io->period_size > io->buffer_size) play(card, io->period_size);
    if (io->state == SND_PCM_STATE_DRAINING) play(card, least(io->appl_ptr - card->played, io->period_size)); /* all of a full buffer at once would look like a pointer at rest */
    return card->played % io->buffer_size;
}

static int strike(card_t *card) {
    int code = card->faults[card->next_fault++].code;
    if (code == -EPIPE) {
        play(card, card->io.appl_ptr - card->played); /* it ran dry: all that it had was heard */
        snd_pcm_ioplug_set_state(&card->io, SND_PCM_STATE_XRUN);
    }
    if (code == -ESTRPIPE) snd_pcm_ioplug_set_state(&card->io, SND_PCM_STATE_SUSPENDED);
    if (code == -ENODEV) snd_pcm_ioplug_set_state(&card->io, SND_PCM_STATE_DISCONNECTED);
    return code;
}

static snd_pcm_sframes_t transfer(snd_pcm_ioplug_t *io, const snd_pcm_channel_area_t *areas, snd_pcm_uframes_t offset, snd_pcm_uframes_t size) {
    card_t *card = io->private_data;
    if (card->next_fault < card->fault_count && card->taken >= card->faults[card->next_fault].at) return strike(card);
    const char *from = (const char *)areas[0].addr + offset * card->frame_bytes;
    for (snd_pcm_uframes_t i = 0; i < size; i++)
        memcpy(card->ring + (io->appl_ptr + i) % io->buffer_size * card->frame_bytes, from + i * card->frame_bytes, card->frame_bytes);
    card->taken += size;
    return size;
}

static int hw_params(snd_pcm_ioplug_t *io, snd_pcm_hw_params_t *params) {
    card_t *card = io->private_data;
    (void)params;
    card->frame_bytes = snd_pcm_format_physical_width(io->format) / 8 * io->channels;
    free(card->ring);
    card->ring = calloc(io->buffer_size, card->frame_bytes);
    return card->ring ? 0 : -ENOMEM;
}

static int prepare(snd_pcm_ioplug_t *io) {
    ((card_t *)io->private_data)->played = 0;
    return 0;
}

static int resume(snd_pcm_ioplug_t *io) {
    if (!((card_t *)io->private_data)->resumes) return -ENOSYS; /* libasound answers 0 all the same, and the stream stays suspended */
    snd_pcm_ioplug_set_state(io, SND_PCM_STATE_RUNNING);
    return 0;
}

static int close_card(snd_pcm_ioplug_t *io) {
    card_t *card = io->private_data;
    close(io->poll_fd);
    fclose(card->heard);
    free(card->ring);
    free(card);
    return 0;
}

static const snd_pcm_ioplug_callback_t callbacks = {
    .start = start, .stop = stop, .pointer = pointer, .transfer = transfer, .close = close_card,
    .hw_params = hw_params, .prepare = prepare, .resume = resume,
};

static int refusal(const char *heard) {
    char path[1024];
    int code = 0;
    snprintf(path, sizeof path, "%s.refuse", heard);
    FILE *file = fopen(path, "r");
    if (!file) return 0;
    if (fscanf(file, "%d", &code) != 1) code = 0;
    fclose(file);
    return code;
}

SND_PCM_PLUGIN_DEFINE_FUNC(faulty) {
    const char *faults = "", *heard = NULL, *format = "S16_LE", *resumes = "", *text;
    snd_config_iterator_t i, next;
    (void)root;
    snd_config_for_each(i, next, conf) {
        snd_config_t *entry = snd_config_iterator_entry(i);
        const char *id;
        if (snd_config_get_id(entry, &id) < 0 || snd_config_get_string(entry, &text) < 0) continue;
        if (!strcmp(id, "faults")) faults = text;
        if (!strcmp(id, "heard")) heard = text;
        if (!strcmp(id, "format")) format = text;
        if (!strcmp(id, "resumes")) resumes = text;
    }
    if (!heard || stream != SND_PCM_STREAM_PLAYBACK) return -EINVAL;
    int code = refusal(heard);
    if (code < 0) return code;

    card_t *card = calloc(1, sizeof *card);
    if (!card || !(card->heard = fopen(heard, "ab"))) return -ENOMEM;
    for (int used; card->fault_count < MAX_FAULTS && sscanf(faults, " %lu:%d%n", &card->faults[card->fault_count].at, &card->faults[card->fault_count].code, &used) == 2; faults += used)
        card->fault_count++;
    card->resumes = !strcmp(resumes, "yes");
    card->io.version = SND_PCM_IOPLUG_VERSION;
    card->io.name = "Faulty card";
    card->io.callback = &callbacks;
    card->io.private_data = card;
    card->io.poll_fd = eventfd(0, EFD_NONBLOCK); /* there is always room, once the pointer has been asked for */
    card->io.poll_events = POLLOUT;
    code = snd_pcm_ioplug_create(&card->io, name, stream, mode);
    if (code < 0) return code;

    unsigned int access[] = {SND_PCM_ACCESS_RW_INTERLEAVED, SND_PCM_ACCESS_MMAP_INTERLEAVED}; /* the second for a converter in front of it */
    unsigned int sample = snd_pcm_format_value(format);
    snd_pcm_ioplug_set_param_list(&card->io, SND_PCM_IOPLUG_HW_ACCESS, 2, access);
    snd_pcm_ioplug_set_param_list(&card->io, SND_PCM_IOPLUG_HW_FORMAT, 1, &sample);
    snd_pcm_ioplug_set_param_minmax(&card->io, SND_PCM_IOPLUG_HW_CHANNELS, 2, 2);
    snd_pcm_ioplug_set_param_minmax(&card->io, SND_PCM_IOPLUG_HW_RATE, 48000, 48000);
    snd_pcm_ioplug_set_param_minmax(&card->io, SND_PCM_IOPLUG_HW_PERIOD_BYTES, 256, 1 << 16);
    snd_pcm_ioplug_set_param_minmax(&card->io, SND_PCM_IOPLUG_HW_BUFFER_BYTES, 1024, 1 << 20);
    snd_pcm_ioplug_set_param_minmax(&card->io, SND_PCM_IOPLUG_HW_PERIODS, 2, 64);
    *pcmp = card->io.pcm;
    return 0;
}

SND_PCM_PLUGIN_SYMBOL(faulty);
