// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.store;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.support.ThreadedActionListener;
import org.elasticsearch.client.internal.Client;
import org.semantichash.hash.BinaryCode;
import org.semantichash.plugin.models.EmptyCode;
import org.semantichash.plugin.models.ModelCache;
import org.semantichash.plugin.models.ModelId;

/**
 * The empty codes of the cluster's models. They stand in the descriptions of the models; a model
 * that is only a file on this node, or that was put by a version that described no empty code, is
 * loaded.
 */
public final class EmptyCodes implements EmptyCode.Lookup {

  private static final int MAX_KNOWN = 1000;

  private final ModelCatalog models;
  private final ModelCache loaded;
  private final Executor executor;

  /** By the digest of a field: the file of a digest never changes. */
  private final Map<String, BinaryCode> known = new ConcurrentHashMap<>();

  /**
   * The empty codes of the cluster that a client talks to.
   *
   * @param loaded has the models that the cluster does not describe
   * @param executor what follows the answers of the cluster runs on it
   */
  public EmptyCodes(Client client, ModelCache loaded, Executor executor) {
    this.models = new ModelCatalog(new SystemIndexDocuments(client));
    this.loaded = loaded;
    this.executor = executor;
  }

  @Override
  public void find(ModelId model, String digest, int bits, ActionListener<EmptyCode> listener) {
    if (model == null && digest == null) {
      listener.onResponse(EmptyCode.NONE);
      return;
    }
    ActionListener<BinaryCode> found =
        listener
            .delegateResponse((l, e) -> l.onResponse(EmptyCode.unknown(reason(e))))
            .map(code -> ofField(model, digest, bits, code));
    BinaryCode already = digest == null ? null : known.get(digest);
    if (already != null) {
      found.onResponse(already);
      return;
    }
    ActionListener.run(
        found,
        l -> {
          if (model == null) {
            byDigest(digest, l);
          } else {
            byName(model, digest, l);
          }
        });
  }

  private static String reason(Exception e) {
    return ExceptionsHelper.unwrapCause(e).getMessage();
  }

  private EmptyCode ofField(ModelId model, String digest, int bits, BinaryCode code) {
    if (code.bits() != bits) {
      return EmptyCode.unknown(
          (model == null ? "the model of digest [" + digest + "]" : "model [" + model + "]")
              + " makes codes of ["
              + code.bits()
              + "] bits, but the field has ["
              + bits
              + "] bits");
    }
    if (digest != null) {
      if (known.size() >= MAX_KNOWN) {
        known.clear();
      }
      known.put(digest, code);
    }
    return EmptyCode.of(code);
  }

  private void byName(ModelId name, String digest, ActionListener<BinaryCode> listener) {
    models.resolve(
        name,
        forked(
            listener.delegateFailureAndWrap(
                (l, resolved) -> {
                  Optional<StoredModel> stored = resolved.model();
                  if (stored.isPresent() && isOf(digest, stored.get().file().digest())) {
                    describe(stored.get(), l);
                  } else if (stored.isPresent() || resolved.alias().isPresent()) {
                    byDigest(digest, l);
                  } else {
                    load(name, digest, l);
                  }
                })));
  }

  /** A model that was replaced may be in the cluster by another name. */
  private void byDigest(String digest, ActionListener<BinaryCode> listener) {
    if (digest == null) {
      listener.onFailure(
          new ResourceNotFoundException("the model of the field is not in the cluster"));
      return;
    }
    models.list(
        forked(
            listener.delegateFailureAndWrap(
                (l, all) -> {
                  Optional<StoredModel> same =
                      all.stream().filter(m -> isOf(digest, m.file().digest())).findFirst();
                  if (same.isPresent()) {
                    describe(same.get(), l);
                  } else {
                    l.onFailure(notFound(digest));
                  }
                })));
  }

  private static ResourceNotFoundException notFound(String digest) {
    return new ResourceNotFoundException("no model of digest [{}] is in the cluster", digest);
  }

  private static boolean isOf(String digest, String sha256) {
    return digest == null || sha256.startsWith(digest);
  }

  private void describe(StoredModel model, ActionListener<BinaryCode> listener) {
    if (model.description().get(StoredModel.EMPTY_CODE) instanceof String hex
        && model.description().get("bits") instanceof Number bits) {
      listener.onResponse(BinaryCode.fromHex(hex, bits.intValue()));
    } else {
      load(model.id(), model.file().digest(), listener);
    }
  }

  private void load(ModelId id, String digest, ActionListener<BinaryCode> listener) {
    loaded.fork(
        id,
        model -> {
          if (isOf(digest, model.digest()) == false) {
            throw notFound(digest);
          }
          return model.emptyCode();
        },
        listener);
  }

  private <T> ActionListener<T> forked(ActionListener<T> listener) {
    return new ThreadedActionListener<>(executor, listener);
  }
}
