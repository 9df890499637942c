// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.support.SubscribableListener;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.query.BoolQueryBuilder;
import org.elasticsearch.index.query.QueryBuilder;
import org.elasticsearch.index.query.QueryBuilders;
import org.semantichash.plugin.models.ModelId;

/**
 * The chunks of files, one document each, written and read one after the other so that one chunk at
 * a time is on the heap beside the file.
 */
final class ModelFileChunks {

  /** The size of the chunks that a file is cut into, in bytes. */
  static final int SIZE = 1 << 20;

  /** The largest chunk that a client may send, in bytes. */
  static final int MAX_SIZE = 4 << 20;

  /** How long after the longest upload a chunk may belong to nothing. */
  private static final TimeValue ORPHAN_AGE = TimeValue.timeValueHours(24);

  private static final String TYPE = "chunk";

  private final SystemIndexDocuments documents;

  ModelFileChunks(SystemIndexDocuments documents) {
    this.documents = documents;
  }

  /** The number of chunks that {@link #writeAll} cuts a file into. */
  static int count(int length) {
    return Math.max(1, Math.ceilDiv(length, SIZE));
  }

  private static String documentId(String upload, int part) {
    return TYPE + ":" + upload + ":" + part;
  }

  /** Writes one chunk, over the one that was sent before. */
  void write(ModelId model, String upload, int part, byte[] data, ActionListener<Void> listener) {
    documents.put(
        documentId(upload, part),
        Map.of(
            "type", TYPE,
            "model", model.value(),
            "upload", upload,
            "part", part,
            "created", System.currentTimeMillis(),
            "data", data),
        listener);
  }

  /** Cuts a file into chunks and writes them. */
  void writeAll(ModelId model, String upload, byte[] file, ActionListener<Void> listener) {
    SubscribableListener<Void> written = SubscribableListener.nullSuccess();
    for (int i = 0; i < count(file.length); i++) {
      int part = i;
      int from = part * SIZE;
      int to = Math.min(file.length, from + SIZE);
      written =
          written.andThen(l -> write(model, upload, part, Arrays.copyOfRange(file, from, to), l));
    }
    written.addListener(listener);
  }

  /**
   * Puts a file together.
   *
   * @param stillWanted throws, before a chunk is read, when nobody wants the file any more
   * @param listener gets the bytes, unchecked but for their number; a {@link
   *     ResourceNotFoundException} when a chunk is missing
   */
  void readAll(StoredFile file, Runnable stillWanted, ActionListener<byte[]> listener) {
    byte[] bytes = new byte[Math.toIntExact(file.length())];
    SubscribableListener<Integer> end = SubscribableListener.newSucceeded(0);
    for (int i = 0; i < file.parts(); i++) {
      int part = i;
      end =
          end.andThen(
              (l, from) -> {
                stillWanted.run();
                read(file, part, l.map(data -> copy(data, bytes, from, file)));
              });
    }
    end.<byte[]>andThen(
            (l, to) -> {
              requireLength(file, to);
              l.onResponse(bytes);
            })
        .addListener(listener);
  }

  private static int copy(byte[] data, byte[] bytes, int from, StoredFile file) {
    if (data.length > bytes.length - from) {
      requireLength(file, (long) from + data.length);
    }
    System.arraycopy(data, 0, bytes, from, data.length);
    return from + data.length;
  }

  private static void requireLength(StoredFile file, long actual) {
    if (actual != file.length()) {
      throw new IllegalArgumentException(
          "the parts must have [" + file.length() + "] bytes together, got [" + actual + "]");
    }
  }

  private void read(StoredFile file, int part, ActionListener<byte[]> listener) {
    documents.get(
        documentId(file.upload(), part),
        listener.map(
            found ->
                bytes(
                    found
                        .orElseThrow(
                            () ->
                                new ResourceNotFoundException(
                                    "part [{}] of [{}] is missing", part, file.parts()))
                        .source()
                        .get("data"))));
  }

  /** Binary in the form it was written in, base64 when it came back from JSON. */
  private static byte[] bytes(Object data) {
    return data instanceof byte[] bytes ? bytes : Base64.getDecoder().decode((String) data);
  }

  /** The numbers of the chunks that are there. */
  void present(String upload, int parts, ActionListener<List<Integer>> listener) {
    List<String> ids = IntStream.range(0, parts).mapToObj(i -> documentId(upload, i)).toList();
    documents.exist(
        ids,
        listener.map(
            found -> {
              List<Integer> present = new ArrayList<>();
              for (int part = 0; part < parts; part++) {
                if (found.contains(ids.get(part))) {
                  present.add(part);
                }
              }
              return present;
            }));
  }

  /** Deletes the chunks of an upload. */
  void delete(StoredFile file, ActionListener<Void> listener) {
    documents.deleteAll(
        IntStream.range(0, file.parts()).mapToObj(i -> documentId(file.upload(), i)).toList(),
        listener);
  }

  /**
   * Deletes the old chunks of a model that belong to none of these uploads.
   *
   * @param begun the first time that an upload may have begun that goes on, in milliseconds
   */
  void deleteOrphans(
      ModelId model, long begun, List<String> uploads, ActionListener<Void> listener) {
    deleteOrphans(
        orphans(begun, uploads).filter(QueryBuilders.termQuery("model", model.value())), listener);
  }

  /** The same of any model. */
  void deleteOrphans(long begun, List<String> uploads, ActionListener<Void> listener) {
    deleteOrphans(orphans(begun, uploads), listener);
  }

  private static BoolQueryBuilder orphans(long begun, List<String> uploads) {
    return QueryBuilders.boolQuery()
        .filter(QueryBuilders.termQuery("type", TYPE))
        .filter(QueryBuilders.rangeQuery("created").lt(begun - ORPHAN_AGE.millis()))
        .mustNot(QueryBuilders.termsQuery("upload", uploads));
  }

  private void deleteOrphans(QueryBuilder query, ActionListener<Void> listener) {
    SubscribableListener.<SystemIndexDocuments.Found>newForked(l -> documents.search(query, l))
        .<Void>andThen(
            (l, orphans) ->
                documents.deleteAll(
                    orphans.readable().stream()
                        .map(
                            chunk ->
                                documentId(
                                    (String) chunk.get("upload"),
                                    ((Number) chunk.get("part")).intValue()))
                        .toList(),
                    l))
        .addListener(listener);
  }
}
