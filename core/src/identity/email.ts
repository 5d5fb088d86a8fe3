import { z } from 'zod';

/** The one spelling under which an address is kept and looked up. */
export const normalEmail = (email: string): string => email.trim().normalize('NFKC').toLowerCase();

export const emailSchema = z.string().max(254).transform(normalEmail).pipe(z.email());
