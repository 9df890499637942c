// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0

/*
 * The k nearest codes by Hamming distance: all codes from front to back, word columns, the
 * processor's bit count, k smallest by a histogram of distances.
 *
 * Arguments: a file of columns (64-bit words, machine order, one column after the other), the words
 * of a code, the number of codes. Prints "ready", then for each line "threads k word..." (words in
 * hexadecimal) of its input one line: nanoseconds, then the k distances, ascending.
 */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MAX_WORDS 64
#define BLOCK 1024

static uint64_t *columns[MAX_WORDS];
static int words;
static long codes;

typedef struct {
  const uint64_t *query;
  long from, to;
  int k;
  long histogram[64 * MAX_WORDS + 1]; /* of distances at or below the bound when they came */
} part;

static inline void distances(const uint64_t *query, long from, long n, uint32_t *out) {
  for (long i = 0; i < n; i++) out[i] = (uint32_t)__builtin_popcountll(columns[0][from + i] ^ query[0]);
  for (int w = 1; w < words; w++)
    for (long i = 0; i < n; i++)
      out[i] += (uint32_t)__builtin_popcountll(columns[w][from + i] ^ query[w]);
}

static void *scan(void *argument) {
  part *p = argument;
  uint32_t block[BLOCK];
  uint32_t bound = (uint32_t)(64 * words); /* the k-th best so far */
  long near = 0;                           /* how many lie at or below the bound */
  memset(p->histogram, 0, sizeof p->histogram);
  for (long from = p->from; from < p->to; from += BLOCK) {
    long n = p->to - from < BLOCK ? p->to - from : BLOCK;
    distances(p->query, from, n, block);
    for (long i = 0; i < n; i++) {
      if (block[i] > bound) continue;
      p->histogram[block[i]]++;
      near++;
      while (near - p->histogram[bound] >= p->k) near -= p->histogram[bound--];
    }
  }
  return NULL;
}

static long nanos(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000000L + now.tv_nsec;
}

static void answer(int threads, int k, const uint64_t *query) {
  part *parts = calloc((size_t)threads, sizeof(part));
  pthread_t *ids = calloc((size_t)threads, sizeof(pthread_t));
  long start = nanos();
  for (int t = 0; t < threads; t++) {
    parts[t].query = query;
    parts[t].k = k;
    parts[t].from = codes * t / threads;
    parts[t].to = codes * (t + 1) / threads;
    if (t > 0) pthread_create(&ids[t], NULL, scan, &parts[t]);
  }
  scan(&parts[0]);
  for (int t = 1; t < threads; t++) pthread_join(ids[t], NULL);
  long time = nanos() - start;
  printf("%ld", time);
  int found = 0;
  for (int d = 0; d <= 64 * words && found < k; d++)
    for (int t = 0; t < threads; t++)
      for (long i = 0; i < parts[t].histogram[d] && found < k; i++, found++) printf(" %d", d);
  printf("\n");
  fflush(stdout);
  free(parts);
  free(ids);
}

int main(int count, char **arguments) {
  if (count != 4) return 2;
  words = atoi(arguments[2]);
  codes = atol(arguments[3]);
  if (words < 1 || words > MAX_WORDS) return 2;
  FILE *file = fopen(arguments[1], "rb");
  if (file == NULL) return 1;
  for (int w = 0; w < words; w++) {
    columns[w] = aligned_alloc(64, ((size_t)codes * 8 + 63) / 64 * 64);
    if (columns[w] == NULL || fread(columns[w], 8, (size_t)codes, file) != (size_t)codes) return 1;
  }
  fclose(file);
  printf("ready\n");
  fflush(stdout);
  int threads, k;
  uint64_t query[MAX_WORDS];
  while (scanf("%d %d", &threads, &k) == 2) {
    for (int w = 0; w < words; w++)
      if (scanf("%lx", &query[w]) != 1) return 1;
    answer(threads, k, query);
  }
  return 0;
}
